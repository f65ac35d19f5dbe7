import 'maplibre-gl/dist/maplibre-gl.css';
import {
  type GeoJSONSourceSpecification,
  type LayerSpecification,
  Map as LibreMap,
  Marker,
  NavigationControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { lonLat } from '../../kernel/place.ts';
import { words } from '../words.ts';
import { type Cluster, clustered } from './cluster.ts';
import type { LiveMapProps } from './map.island.tsx';
import { type MapStone, spoken } from './map-drawing.tsx';
import { france, land } from './outline.ts';
import { landmarks, ringOf } from './outline-rings.ts';
import { franceBounds, type LonLat } from './projection.ts';

setWorkerUrl(workerUrl);

/** Pixels between two stones below which they are gathered. */
const gathers = 26;

const colours = () => {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    water: read('--water'),
    land: read('--sunken'),
    country: read('--surface'),
    line: read('--line'),
    link: read('--link'),
  };
};

const polygons = (rings: readonly (readonly LonLat[])[]): GeoJSONSourceSpecification => ({
  type: 'geojson',
  data: {
    type: 'MultiPolygon',
    coordinates: rings.map(ring => [[...ring, ring[0]!].map(([lon, lat]) => [lon, lat])]),
  },
});

const fill = (id: string, colour: string, opacity = 1): LayerSpecification => ({
  id,
  type: 'fill',
  source: id,
  paint: { 'fill-color': colour, 'fill-opacity': opacity },
});

const styleOf = ({ areas = [], tiles }: LiveMapProps): StyleSpecification => {
  const colour = colours();
  const ground: LayerSpecification[] = tiles
    ? [{ id: 'tiles', type: 'raster', source: 'tiles' }]
    : [
        fill('land', colour.land),
        fill('country', colour.country),
        { id: 'coast', type: 'line', source: 'country', paint: { 'line-color': colour.line, 'line-width': 1.2 } },
      ];
  return {
    version: 8,
    sources: {
      ...(tiles && {
        tiles: { type: 'raster' as const, tiles: [tiles.url], tileSize: 256, attribution: tiles.attribution },
      }),
      land: polygons(land.map(ringOf)),
      country: polygons(france.map(ringOf)),
      areas: polygons(areas.map(area => area.ring.map(lonLat))),
    },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': colour.water } },
      ...ground,
      fill('areas', colour.link, 0.16),
      { id: 'area-edges', type: 'line', source: 'areas', paint: { 'line-color': colour.link, 'line-width': 1.5 } },
    ],
  };
};

/** A stone as a link, or as a button that zooms when it gathers several. */
const stoneElement = (map: LibreMap, { members }: Cluster<MapStone & { x: number; y: number }>): HTMLElement => {
  const [first] = members;
  const many = members.length > 1;
  const element = document.createElement(many ? 'button' : 'a');
  element.className = `live-stone live-stone-${members.some(one => one.tone === 'chosen') ? 'chosen' : (first?.tone ?? 'free')}`;
  element.title = spoken(members);
  element.setAttribute('aria-label', spoken(members));
  const face = document.createElement('span');
  face.textContent = many ? String(members.length) : (first?.number?.toString() ?? '');
  element.append(face);
  if (element instanceof HTMLAnchorElement) element.href = first!.href;
  else element.onclick = () => map.easeTo({ center: lonLat(first!.at), zoom: map.getZoom() + 2 });
  return element;
};

/** The names of towns, as on the drawn map. */
const drawNames = (map: LibreMap, towns: LiveMapProps['towns'] = []): void => {
  const names = [...landmarks, ...towns.map(({ name, at }) => ({ name, at: lonLat(at) }))];
  for (const { name, at } of names) {
    const element = document.createElement('span');
    element.className = 'live-name';
    element.textContent = name;
    new Marker({ element, anchor: 'left' }).setLngLat([at[0], at[1]]).addTo(map);
  }
};

/** The control's own sentences, in the language of the page. */
const sentences = (): Record<string, string> => {
  const lang = document.documentElement.lang === 'en' ? 'en' : 'fr';
  return {
    'Map.Title': words.map[lang],
    'NavigationControl.ZoomIn': words.zoomIn[lang],
    'NavigationControl.ZoomOut': words.zoomOut[lang],
    'CooperativeGesturesHandler.WindowsHelpText': words.zoomWithControl[lang],
    'CooperativeGesturesHandler.MacHelpText': words.zoomWithCommand[lang],
    'CooperativeGesturesHandler.MobileHelpText': words.moveWithTwoFingers[lang],
  };
};

const drawStones = (map: LibreMap, stones: readonly MapStone[]): (() => void) => {
  const markers = clustered(
    stones
      .map(stone => ({ ...stone, ...map.project(lonLat(stone.at)) }))
      .map(({ x, y, ...stone }) => ({ ...stone, x, y })),
    gathers,
  ).map(cluster =>
    new Marker({ element: stoneElement(map, cluster) }).setLngLat(lonLat(cluster.members[0]!.at)).addTo(map),
  );
  return () => {
    for (const marker of markers) marker.remove();
  };
};

/** Opens the moving map in `place`; settles once it is drawn. Colours come from the page's theme and follow it. */
export async function openLiveMap(place: HTMLElement, props: LiveMapProps): Promise<void> {
  const { west, south, east, north } = props.bounds ?? franceBounds;
  const map = new LibreMap({
    container: place,
    style: styleOf(props),
    bounds: [west, south, east, north],
    maxZoom: props.tiles ? 17 : 11,
    dragRotate: false,
    cooperativeGestures: true,
    locale: sentences(),
    attributionControl: props.tiles ? {} : false,
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  await new Promise<void>((drawn, failed) => {
    map.once('load', () => drawn());
    map.once('error', ({ error }) => failed(error));
  });
  drawNames(map, props.towns);
  let clear = drawStones(map, props.stones);
  map.on('zoomend', () => {
    clear();
    clear = drawStones(map, props.stones);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => map.setStyle(styleOf(props)));
}
