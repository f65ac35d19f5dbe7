import type { ComponentChildren } from 'preact';

/** Names and their values: address, tariff, a batch's facts. Rows without a value are left out. */
export function DescriptionList({
  items,
}: {
  items: readonly { readonly term: string; readonly value: ComponentChildren }[];
}) {
  return (
    <dl class="facts">
      {items
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ term, value }) => (
          <div class="fact">
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
