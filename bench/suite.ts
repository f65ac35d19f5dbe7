/** One measured figure. `goal` reads like `<= 30`; `ratio_to` names the bare reference measured in the same run. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly ok: boolean;
  readonly ratio_to?: string;
}

export interface Suite {
  readonly name: string;
  readonly summary: string;
  readonly run: () => Promise<readonly Row[]>;
}

const comparisons: Readonly<Record<string, (value: number, goal: number) => boolean>> = {
  '<=': (value, goal) => value <= goal,
  '>=': (value, goal) => value >= goal,
  '=': (value, goal) => value === goal,
};

/** Judges a figure against its goal: `judged({name: 'restart', value: 1.2, unit: 's', goal: '<= 3'})`. */
export function judged(figure: Omit<Row, 'ok'>): Row {
  const [sign = '', goal = ''] = figure.goal.split(' ');
  const compare = comparisons[sign];
  if (compare === undefined || goal === '') throw new TypeError(`“${figure.goal}” is not a goal`);
  const value = Math.round(figure.value * 1000) / 1000;
  return { ...figure, value, ok: compare(value, Number(goal)) };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Milliseconds that a task takes. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await task();
  return performance.now() - from;
}
