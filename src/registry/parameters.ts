const order2025 = {
  fr: 'Arrêté du 5 septembre 2025 : déclaration dans les trois mois de la signature',
  en: 'Order of 5 September 2025: declaration within three months of signing',
};
const ours = { fr: 'Choix du logiciel', en: 'Choice of the software' };
const clock = { fr: 'Horloge des cessions à déclarer', en: 'Clock of transfers to declare' };

/** Numbers of this room that a network may set. */
export const sheets = {
  reserve_share: {
    title: { fr: 'Part mise en réserve à l’émission', en: 'Share set aside at issue' },
    unit: 'share',
    initial: '1/20',
    from: '0',
    to: '1',
    status: 'product',
    source: ours,
    usedBy: { fr: 'Émission des unités', en: 'Issue of units' },
  },
  declaration_alarm_days: {
    title: { fr: 'Premier rappel avant déclaration', en: 'First reminder before declaration' },
    unit: 'days',
    initial: '60',
    from: '1',
    to: '366',
    status: 'product',
    source: ours,
    usedBy: clock,
  },
  declaration_red_days: {
    title: { fr: 'Rappel pressant avant déclaration', en: 'Pressing reminder before declaration' },
    unit: 'days',
    initial: '80',
    from: '1',
    to: '366',
    status: 'product',
    source: ours,
    usedBy: clock,
  },
  declaration_limit_months: {
    title: { fr: 'Délai pour déclarer une cession', en: 'Time to declare a transfer' },
    unit: 'months',
    initial: '3',
    from: '1',
    to: '12',
    status: 'sourced',
    source: order2025,
    usedBy: clock,
  },
} as const;
