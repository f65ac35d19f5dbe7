import type { ComponentChildren } from 'preact';
import { TownDrawing } from '../town-drawing/town-drawing.tsx';

/** The first screen of a public page: one question, one field, and a street to arrive in. */
export function Hero({
  title,
  lead,
  name,
  children,
}: {
  title: string;
  lead: string;
  name: string;
  children: ComponentChildren;
}) {
  return (
    <div class="hero">
      <div class="hero-text">
        <h1>{title}</h1>
        <p class="hero-lead">{lead}</p>
        <div class="hero-form">{children}</div>
      </div>
      <div class="hero-town">
        <TownDrawing name={name} wide />
      </div>
    </div>
  );
}

/** The map's twin in words: one short line a town, in columns. */
export const TownLines = ({
  lines,
}: {
  lines: readonly { readonly href: string; readonly town: string; readonly note: ComponentChildren }[];
}) => (
  <ul class="town-lines">
    {lines.map(({ href, town, note }) => (
      <li>
        <a href={href}>{town}</a> <span>{note}</span>
      </li>
    ))}
  </ul>
);

export type Scene = 'find' | 'work' | 'count';

/** Three ideas in three drawings: the sentence beside says the same. */
export function Scenes({
  scenes,
}: {
  scenes: readonly { readonly scene: Scene; readonly title: string; readonly text: string }[];
}) {
  return (
    <ol class="scenes">
      {scenes.map(({ scene, title, text }) => (
        <li class="scene">
          <svg class="scene-drawing" viewBox="0 0 160 96" aria-hidden="true">
            {drawings[scene]}
          </svg>
          <h3>{title}</h3>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}

/** Find: stones on the paths around a home. Work: a lamp, a desk, the square outside. Count: the long road stays empty. */
const drawings: Record<Scene, ComponentChildren> = {
  find: (
    <>
      <path
        class="scene-line"
        d="M12 84C40 62 52 70 78 48S128 22 150 26M78 48c14 14 30 18 52 20M78 48C64 34 50 26 26 24"
      />
      <path class="scene-wall" d="M66 58V46l12-10 12 10v12z" />
      <path class="scene-door" d="M75 58v-8h6v8z" />
      <rect class="scene-stone" x="18" y="16" width="15" height="15" rx="2" />
      <rect class="scene-stone" x="122" y="60" width="15" height="15" rx="2" />
      <rect class="scene-warm" x="134" y="17" width="15" height="15" rx="2" transform="rotate(45 141.5 24.5)" />
    </>
  ),
  work: (
    <>
      <rect class="scene-window" x="16" y="12" width="56" height="48" rx="3" />
      <path class="scene-line" d="M44 12v48M16 36h56" />
      <path class="scene-stone" d="M22 60V50l9-7 9 7v10zM50 60V46h14v14z" />
      <path class="scene-wall" d="M62 72h84v5H62z" />
      <path class="scene-line" d="M72 77v15M138 77v15M126 72V54l-14-10" />
      <path class="scene-warm" d="M104 38l14 2-5 13-12-6z" />
      <path class="scene-door" d="M76 56h26v14H76zM72 70h34v2H72z" />
    </>
  ),
  count: (
    <>
      <path class="scene-road" d="M8 82C44 82 46 30 84 30s40 34 68 34" />
      <path class="scene-dash" d="M8 82C44 82 46 30 84 30s40 34 68 34" />
      <path class="scene-wall" d="M128 62V26h24v36z" />
      <path class="scene-window" d="M133 32h5v6h-5zM142 32h5v6h-5zM133 44h5v6h-5zM142 44h5v6h-5z" />
      <rect class="scene-stone" x="8" y="52" width="14" height="14" rx="2" />
      <rect class="scene-stone" x="25" y="52" width="14" height="14" rx="2" />
      <rect class="scene-stone" x="8" y="35" width="14" height="14" rx="2" />
      <rect class="scene-warm" x="26" y="34" width="14" height="14" rx="2" transform="rotate(45 33 41)" />
    </>
  ),
};
