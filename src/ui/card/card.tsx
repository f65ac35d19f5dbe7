import type { ComponentChildren } from 'preact';

/** Something one can open: the whole card answers the click, the title alone is the link. */
export function Card({
  href,
  title,
  above,
  picture,
  foot,
  level = 3,
  children,
}: {
  href: string;
  title: string;
  /** A short line over the title: town, date. */
  above?: ComponentChildren;
  picture?: ComponentChildren;
  foot?: ComponentChildren;
  level?: 2 | 3;
  children?: ComponentChildren;
}) {
  const Title = level === 2 ? 'h2' : 'h3';
  return (
    <article class="card">
      {picture && <div class="card-picture">{picture}</div>}
      <div class="card-body">
        {above && <p class="card-above">{above}</p>}
        <Title class="card-title">
          <a href={href}>{title}</a>
        </Title>
        {children && <div class="card-text">{children}</div>}
        {foot && <div class="card-foot">{foot}</div>}
      </div>
    </article>
  );
}
