import { useEffect, useRef, useState } from 'preact/hooks';
import type { MapData } from './map-drawing.tsx';

export interface LiveMapProps extends MapData {
  /** Tiles under the stones, as `https://…/{z}/{x}/{y}.png`; without them the map keeps to its own outline. */
  readonly tiles?: { readonly url: string; readonly attribution: string } | undefined;
}

type State = 'plain' | 'ready' | 'opening' | 'open' | 'failed';

/** A button over the drawn map. The moving map weighs 300 kB: it is fetched when asked for, never before. */
export default function MapOpener(props: LiveMapProps & { readonly open: string; readonly failed: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>('plain');
  useEffect(() => setState('ready'), []);
  const open = async () => {
    setState('opening');
    try {
      const { openLiveMap } = await import('./live-map.ts');
      await openLiveMap(place.current!, props);
      setState('open');
    } catch {
      setState('failed');
    }
  };
  return (
    <div class={`map-live map-live-${state}`}>
      <div class="map-canvas">
        <div class="map-place" ref={place} />
      </div>
      {(state === 'ready' || state === 'opening') && (
        <button
          class="button button-secondary button-small map-open"
          type="button"
          onClick={open}
          disabled={state === 'opening'}
        >
          {props.open}
        </button>
      )}
      {state === 'failed' && (
        <p class="map-open map-failed" role="status">
          {props.failed}
        </p>
      )}
    </div>
  );
}
