import { useEffect, useRef, useState } from 'preact/hooks';
import { type At, isStep, stepped } from './board-steps.ts';

export interface PlanningBoardProps {
  /** Where a move that was made leads: the same board, told anew. */
  readonly done: string;
  readonly texts: Readonly<
    Record<
      | 'how'
      | 'held'
      | 'carried'
      | 'over'
      | 'left'
      | 'moving'
      | 'others'
      | 'failed'
      | 'free'
      | 'target'
      | 'picked'
      | 'taken'
      | 'closed',
      string
    >
  >;
}

type Cell = HTMLTableCellElement;

const tableOf = (): HTMLTableElement | null => document.querySelector('.planning-table');
const rowsOf = (table: HTMLTableElement): Cell[][] =>
  [...table.tBodies].flatMap(body => [...body.rows].map(row => [...row.querySelectorAll('td')]));
const cellOf = (target: EventTarget | null): Cell | null =>
  target instanceof Element ? target.closest<Cell>('td[data-place]') : null;

const atOf = (rows: readonly Cell[][], cell: Cell): At => {
  const row = rows.findIndex(cells => cells.includes(cell));
  return { row, cell: rows[row]?.indexOf(cell) ?? 0 };
};

/** The part of a day in which a booking is put down on a cell: a whole day stays one, a half takes the cell's. */
const partFor = (held: Cell, cell: Cell): string =>
  held.dataset['held'] === 'day' || cell.dataset['part'] === 'day' ? held.dataset['held']! : cell.dataset['part']!;

/** The free places of the same kind at the time of a cell. */
const freeBeside = (held: Cell, cell: Cell): readonly Cell[] =>
  [...document.querySelectorAll<Cell>('td[data-state="free"]')].filter(
    one =>
      one.dataset['day'] === cell.dataset['day'] &&
      one.dataset['kind'] === held.dataset['kind'] &&
      one.dataset['part'] === partFor(held, cell),
  );

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

interface Told {
  readonly text: string;
  /** Other places for what could not be put down. */
  readonly others: readonly Cell[];
}

/** Asks the server to move a booking; the reason, when it does not. */
async function moved(held: Cell, to: Cell): Promise<string | null> {
  const answer = await fetch(`/api/v1/bookings/${held.dataset['booking']}/move`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({
      day: to.dataset['day'],
      part: partFor(held, to),
      resource_id: to.dataset['place'],
    }),
  });
  if (answer.ok) return null;
  return ((await answer.json()) as { detail: string }).detail;
}

function useBoard({ done, texts }: PlanningBoardProps) {
  const [told, setTold] = useState<Told>({ text: '', others: [] });
  const held = useRef<Cell | null>(null);
  const over = useRef<Cell | null>(null);
  const say = (text: string, others: readonly Cell[] = []) => setTold({ text, others });
  const mark = (cell: Cell | null) => {
    over.current?.classList.remove('planning-over');
    cell?.classList.add('planning-over');
    over.current = cell;
  };
  const letGo = () => {
    held.current?.classList.remove('planning-lifted');
    held.current?.closest('.planning')?.classList.remove('planning-moving');
    held.current = null;
    mark(null);
  };
  const lift = (cell: Cell, text: string) => {
    letGo();
    held.current = cell;
    cell.classList.add('planning-lifted');
    cell.closest('.planning')?.classList.add('planning-moving');
    mark(cell);
    say(filled(text, { who: `${cell.dataset['holder']}, ${cell.dataset['words']}` }));
  };
  const putDown = async (what: Cell, where: Cell) => {
    letGo();
    if (what === where) return say(texts.left);
    say(filled(texts.moving, { where: where.dataset['words']! }));
    try {
      const why = await moved(what, where);
      if (why === null) return location.assign(done);
      say(why, freeBeside(what, where));
      // What was refused stays in hand for one of the other places.
      held.current = what;
    } catch {
      say(texts.failed);
    }
  };
  const look = (cell: Cell) => {
    mark(cell);
    const state = (texts as Readonly<Record<string, string>>)[cell.dataset['state'] ?? ''] ?? texts.closed;
    const holder = cell.dataset['holder'];
    say(filled(texts.over, { where: cell.dataset['words']!, state: holder ? `${state}, ${holder}` : state }));
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  return { told, held, over, say, lift, letGo, putDown, look, mark };
}

type Board = ReturnType<typeof useBoard>;

/** Space lifts the booking that has the focus; arrows choose, Enter puts down, Escape leaves. */
function onKey(event: KeyboardEvent, board: Board, texts: PlanningBoardProps['texts']): void {
  const { held, over } = board;
  const own = cellOf(event.target);
  if (held.current === null || over.current === null) {
    if (event.key !== ' ' || !own?.dataset['booking']) return;
    event.preventDefault();
    board.lift(own, texts.held);
    return;
  }
  if (isStep(event.key)) {
    const rows = rowsOf(tableOf()!);
    const spans = rows.map(cells => cells.map(cell => ({ span: cell.colSpan })));
    const to = stepped(spans, atOf(rows, over.current), event.key);
    board.look(rows[to.row]![to.cell]!);
  } else if (event.key === 'Enter' || event.key === ' ') void board.putDown(held.current, over.current);
  else if (event.key === 'Escape') {
    board.letGo();
    board.say(texts.left);
  } else return;
  event.preventDefault();
}

/** How long a finger rests on a booking to take it: less would be a tap that opens it. */
const rest_ms = 350;
/** A finger never rests quite still. */
const tremble_px = 10;

/**
 * By touch: a finger that rests on a booking takes it, moves it over the places and puts it down by leaving; one that moves at
 * once scrolls the board. What carries may not scroll, so the browser's own gestures are held back from then on.
 */
function listenToTouch(table: HTMLTableElement, board: Board, texts: PlanningBoardProps['texts'], signal: AbortSignal) {
  let press: { readonly x: number; readonly y: number; readonly timer: number } | null = null;
  let carries = false;
  const end = () => {
    clearTimeout(press?.timer);
    [press, carries] = [null, false];
  };
  const on = <K extends keyof HTMLElementEventMap>(name: K, hear: (event: HTMLElementEventMap[K]) => void) =>
    table.addEventListener(name, hear, { signal, passive: false });
  on('pointerdown', ({ pointerType, isPrimary, target, clientX, clientY }) => {
    const cell = cellOf(target);
    if (pointerType === 'mouse' || !isPrimary || !cell?.dataset['booking']) return;
    const take = () => {
      carries = true;
      board.lift(cell, texts.carried);
    };
    press = { x: clientX, y: clientY, timer: window.setTimeout(take, rest_ms) };
  });
  on('pointermove', ({ clientX, clientY }) => {
    if (press === null) return;
    if (!carries) {
      if (Math.hypot(clientX - press.x, clientY - press.y) > tremble_px) end();
      return;
    }
    const under = cellOf(document.elementFromPoint(clientX, clientY));
    if (under !== null && under !== board.over.current) board.look(under);
  });
  on('pointerup', () => {
    const [what, where] = [board.held.current, board.over.current];
    const put = carries && what !== null && where !== null;
    end();
    if (put) void board.putDown(what, where);
  });
  on('pointercancel', () => {
    if (carries) board.letGo();
    end();
  });
  on('touchmove', event => carries && event.preventDefault());
  on('contextmenu', event => press !== null && event.preventDefault());
  on('dragstart', event => press !== null && event.preventDefault());
}

function listen(table: HTMLTableElement, board: Board, texts: PlanningBoardProps['texts']): () => void {
  const { held } = board;
  const stop = new AbortController();
  const { signal } = stop;
  table.classList.add('planning-live');
  listenToTouch(table, board, texts, signal);
  table.addEventListener('keydown', event => onKey(event, board, texts), { signal });
  table.addEventListener(
    'dragstart',
    event => {
      const cell = cellOf(event.target);
      if (event.defaultPrevented || !cell?.dataset['booking']) return;
      event.dataTransfer?.setData('text/plain', cell.dataset['booking']);
      board.lift(cell, texts.carried);
    },
    { signal },
  );
  table.addEventListener(
    'dragover',
    event => {
      const cell = cellOf(event.target);
      if (held.current === null || cell === null) return;
      event.preventDefault();
      if (cell !== board.over.current) board.look(cell);
    },
    { signal },
  );
  table.addEventListener(
    'drop',
    event => {
      const cell = cellOf(event.target);
      if (held.current === null || cell === null) return;
      event.preventDefault();
      void board.putDown(held.current, cell);
    },
    { signal },
  );
  table.addEventListener(
    'dragend',
    () => {
      if (board.over.current !== null) board.letGo();
    },
    { signal },
  );
  return () => stop.abort();
}

/** Moves bookings on the board beside it, by hand and by keys; without a script that board picks them up by its links. */
export default function PlanningBoard(props: PlanningBoardProps) {
  const { texts } = props;
  const board = useBoard(props);
  const { told, held } = board;
  useEffect(() => {
    const table = tableOf();
    return table ? listen(table, board, texts) : undefined;
  }, []);
  return (
    <div class="planning-help">
      <p>{texts.how}</p>
      <p role="status" class="planning-said">
        {told.text}
      </p>
      {told.others.length > 0 && (
        <>
          <p>{texts.others}</p>
          <div class="cluster">
            {told.others.map(cell => (
              <button
                class="button button-secondary button-small"
                type="button"
                onClick={() => held.current && void board.putDown(held.current, cell)}
              >
                {cell.dataset['words']}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
