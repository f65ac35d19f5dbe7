/** How long an arrival may be kept on a phone from the page last seen: the seven days promised to kiosks. */
export const passKept_s = 7 * 86_400;

/** An arrival that a phone keeps until it has a network: by the kiosk's code, or by the person's word on a booking. */
export interface KeptArrival {
  readonly event_id: string;
  /** On the phone's own clock. */
  readonly captured_ms: number;
  /** By how much the phone's clock ran ahead of ours when it last heard of us. */
  readonly ahead_ms: number;
  readonly code: string | null;
  readonly kiosk_id: string | null;
  readonly booking_id: string | null;
}

/** What a phone signs: one line a field, so that no two arrivals read alike. */
export const signedText = (one: KeptArrival): string =>
  [one.event_id, one.captured_ms, one.ahead_ms, one.code, one.kiosk_id, one.booking_id].map(v => v ?? '').join('\n');
