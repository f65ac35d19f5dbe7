import type { ComponentType } from 'preact';
import { assets } from '../layout/assets.ts';

/**
 * A component drawn on the server and made live in the browser, alone. `name` is that of its file: `map` for
 * `map.island.tsx`, whose default export is the component. `props` must survive JSON. A module script runs once however
 * often it is named, so the script is asked for here: a page without an island carries none.
 */
export function Island<Props extends object>({
  name,
  of: Content,
  props,
}: {
  name: string;
  of: ComponentType<Props>;
  props: Props;
}) {
  return (
    <>
      <div class="island" data-island={name} data-props={JSON.stringify(props)}>
        <Content {...props} />
      </div>
      <script type="module" src={assets().client} />
    </>
  );
}
