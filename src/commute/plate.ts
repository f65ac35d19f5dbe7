import { createHmac } from 'node:crypto';

/** A plate as it is compared: `ab-123 cd` → `AB123CD`; null for what cannot be one. */
export const normalPlate = (typed: string): string | null => {
  const plain = typed.toUpperCase().replaceAll(/[\s.-]/g, '');
  return /^[A-Z0-9]{4,10}$/.test(plain) ? plain : null;
};

/** Plates are few and could all be tried: only a hash under the network's own key is ever kept. */
export const plateHash = (networkKey: Uint8Array, plate: string): string =>
  createHmac('sha256', networkKey).update(plate).digest('hex');
