import type { Bilingual } from '../kernel/bilingual.ts';

/** What is said of a page and of arrivals kept on a device. `{…}` is filled where the moment is known. */
export const offlineLabels = {
  // The page kept
  copyTitle: { fr: 'Pas de réseau', en: 'No network' },
  copyText: {
    fr: 'Cette page est celle du {when}. Notez votre arrivée comme d’habitude : elle partira au retour du réseau.',
    en: 'This page is that of {when}. Note your arrival as usual: it will leave when the network is back.',
  },
  copyOld: {
    fr: 'Cette page est celle du {when} : ce n’est plus le même jour. Notez votre arrivée par le code de la borne ; vos réservations se liront au retour du réseau.',
    en: 'This page is that of {when}: it is no longer the same day. Note your arrival by the kiosk’s code; your bookings can be read when the network is back.',
  },
  // Arrivals kept
  title: { fr: 'Vos arrivées gardées par cet appareil', en: 'Your arrivals kept by this device' },
  waitingTitle: { fr: 'En attente de réseau', en: 'Waiting for a network' },
  waitingText: {
    fr: 'Rien n’est perdu : ne les notez pas de nouveau.',
    en: 'Nothing is lost: no need to note them again.',
  },
  waitingOne: { fr: '{what}, depuis le {when}', en: '{what}, since {when}' },
  notedTitle: { fr: 'Arrivée reçue', en: 'Arrival received' },
  notedText: { fr: '{space}, le {when}.', en: '{space}, {when}.' },
  refusedTitle: { fr: 'Arrivée refusée', en: 'Arrival refused' },
  refusedText: { fr: '{what}, le {when}. {why}', en: '{what}, {when}. {why}' },
  byCode: { fr: 'Code {code}', en: 'Code {code}' },
  byWord: { fr: 'Présence déclarée', en: 'Presence declared' },
  read: { fr: 'J’ai lu', en: 'I have read this' },
  sendNow: { fr: 'Envoyer maintenant', en: 'Send now' },
  notKept: { fr: 'Arrivée non gardée', en: 'Arrival not kept' },
  notKeptText: {
    fr: 'Cet appareil ne vous a pas encore reconnu avec un réseau, ou n’a plus de place : dites votre arrivée à l’hôte.',
    en: 'This device has not yet known you with a network, or has no room left: tell the host of your arrival.',
  },
  scanned: {
    fr: 'Le code lu est dans le champ : touchez « Noter mon arrivée ».',
    en: 'The code you scanned is in the field: tap “Note my arrival”.',
  },
  // Installing
  help: { fr: 'Et sans réseau ?', en: 'And without a network?' },
  helpTitle: { fr: 'Sans réseau', en: 'Without a network' },
  helpLead: {
    fr: '« Ma journée » et la borne se lisent sans réseau, une fois ouvertes sur cet appareil. Les autres pages attendent son retour.',
    en: '“My day” and the kiosk can be read without a network, once opened on this device. The other pages wait until it is back.',
  },
  helpWorker: {
    fr: '« Ma journée » montre votre réservation et garde vos arrivées jusqu’à sept jours. Elles partent seules au retour du réseau, chacune une seule fois. Une arrivée notée sans réseau vaut une preuve ; la liste de l’hôte la complète.',
    en: '“My day” shows your booking and keeps your arrivals for up to seven days. They leave by themselves when the network is back, each once. An arrival noted without a network is worth one proof; the host’s list completes it.',
  },
  helpInstall: {
    fr: 'Pour l’avoir sous la main, ajoutez-la à l’écran d’accueil depuis le menu de votre navigateur.',
    en: 'To have it at hand, add it to your home screen from your browser’s menu.',
  },
  helpShared: {
    fr: 'Sur un appareil partagé, déconnectez-vous : la page gardée est effacée aussitôt, même sans réseau.',
    en: 'On a shared device, sign out: the kept page is erased at once, even without a network.',
  },
  helpBack: { fr: 'Ouvrir « Ma journée »', en: 'Open “My day”' },
  // Names on a home screen
  dayApp: { fr: 'Ma journée', en: 'My day' },
  kioskApp: { fr: 'Borne', en: 'Kiosk' },
} as const satisfies Record<string, Bilingual>;
