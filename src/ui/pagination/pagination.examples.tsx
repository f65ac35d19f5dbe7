import type { Example } from '../gallery/example.ts';
import { Pagination } from './pagination.tsx';

export const examples: readonly Example[] = [
  {
    name: 'au milieu',
    draw: () => <Pagination page={2} pages={7} hrefOf={page => `?page=${page}#component-pagination`} />,
  },
];
