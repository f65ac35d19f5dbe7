import type { Example } from '../gallery/example.ts';
import { KioskCode, KioskNames } from './kiosk-screen.tsx';

export const examples: readonly Example[] = [
  {
    name: 'le code du moment',
    draw: () => (
      <KioskCode
        label="Saisissez ce code dans « Ma journée », ou visez le carré avec votre téléphone."
        code="K7M 204"
        spelled="K, 7, M, 2, 0, 4"
        left_s={9}
        of_s={15}
        leftText="Nouveau code dans 9 s"
        qr={{ path: 'M0 0h7v7h-7zM14 0h7v7h-7zM0 14h7v7h-7zM9 9h3v3h-3z', size: 21, label: 'Code à viser' }}
      />
    ),
  },
  {
    name: 'les personnes du jour',
    draw: () => (
      <KioskNames
        people={[
          { name: 'Claire D.', here: true, describe: 'Claire D. : présence notée' },
          { name: 'Yanis B.', here: false, describe: 'Yanis B. : a réservé aujourd’hui' },
        ]}
      />
    ),
  },
];
