import { PageHead, Section, Stack } from '../arrange/arrange.tsx';
import type { Example } from './example.ts';

const files = import.meta.glob<{ examples: readonly Example[] }>('../*/*.examples.tsx', { eager: true });

/** Every component's examples, by component name. */
export const allExamples: readonly { readonly component: string; readonly examples: readonly Example[] }[] =
  Object.entries(files)
    .map(([path, { examples }]) => ({ component: /([^/]+)\.examples\.tsx$/.exec(path)?.[1] ?? path, examples }))
    .sort((a, b) => a.component.localeCompare(b.component, 'en'));

/** Content of the gallery page: to be put in a `Layout`. */
export function Gallery() {
  return (
    <>
      <PageHead title="Composants" lead="Tout ce dont les pages sont faites, dans les états qui comptent." />
      {allExamples.map(({ component, examples }) => (
        <Section title={component} id={`component-${component}`}>
          <Stack>
            {examples.map(({ name, draw }) => (
              <div class="example">
                <p class="example-name">{name}</p>
                {draw()}
              </div>
            ))}
          </Stack>
        </Section>
      ))}
    </>
  );
}
