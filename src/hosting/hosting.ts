export { type Capacity, capacityOf } from './jobs/capacity.ts';
