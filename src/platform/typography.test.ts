import { describe, expect, test } from 'vitest';
import { heldTogether } from './typography.ts';

describe('a line of a page never begins with a French sign, nor ends with an opening quote', () => {
  test.each([
    [
      '<p>Pourquoi ? Voici : « non » ; 3 %.</p>',
      '<p>Pourquoi\u00a0? Voici\u00a0: «\u00a0non\u00a0»\u00a0; 3\u00a0%.</p>',
    ],
    ['<p>Fait !</p> <b>Jour :</b> lundi', '<p>Fait\u00a0!</p> <b>Jour\u00a0:</b> lundi'],
    ['<p>Why? Here: “no”; 3%.</p>', '<p>Why? Here: “no”; 3%.</p>'],
  ])('%s', (written, sent) => {
    expect(heldTogether(written)).toBe(sent);
  });

  test('what a form sends back, a script reads or someone typed is left as it was', () => {
    const as = [
      '<input value="Salle : haute"/>',
      '<input value="a > b : c ?"/>',
      '<textarea>Salle : haute ?</textarea>',
      '<script type="application/json">{"a":"b : c"}</script>',
      '<pre>a : b</pre>',
      '<code>a ?b :c</code>',
    ].join('');
    expect(heldTogether(as)).toBe(as);
  });
});
