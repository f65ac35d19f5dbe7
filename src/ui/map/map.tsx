import { Island } from '../island/island.tsx';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';
import MapOpener, { type LiveMapProps } from './map.island.tsx';
import { MapDrawing } from './map-drawing.tsx';

/**
 * The map of a page. Drawn on the server; with a script, a button opens the one that moves and zooms. `list` keeps a
 * twin in words under the map, for a page that has no list of its own.
 */
export function SpaceMap({ list = false, ...map }: LiveMapProps & { list?: boolean }) {
  const t = useWords();
  return (
    <figure class="map">
      <figcaption class="map-caption">{map.title}</figcaption>
      <div class="map-frame">
        <MapDrawing {...map} />
        <Island name="map" of={MapOpener} props={{ ...map, open: t(words.openMap), failed: t(words.mapFailed) }} />
      </div>
      {list && (
        <ol class="map-list">
          {map.stones.map(({ href, label, note }) => (
            <li>
              <a href={href}>{label}</a>
              {note && ` ${note}`}
            </li>
          ))}
        </ol>
      )}
    </figure>
  );
}
