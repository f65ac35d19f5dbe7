import { Button } from '../button/button.tsx';
import { DataTable } from '../data-table/data-table.tsx';
import type { Example } from '../gallery/example.ts';
import { CheckField, ChoiceCards, DateField, FileField, Pick, SelectField, TextArea, TextField } from './field.tsx';
import { ErrorSummary, Form, problemAt } from './form.tsx';

const problems = [
  { field: 'example-email', message: 'Écrivez l’adresse avec un @, par exemple prenom@exemple.fr.' },
  { field: 'example-day', message: 'Ce jour est passé : choisissez aujourd’hui ou plus tard.' },
];

export const examples: readonly Example[] = [
  {
    name: 'un champ et son bouton, sur une ligne',
    draw: () => (
      <Form action="/" method="get" inline label="Chercher un espace">
        <TextField
          name="q"
          id="example-q"
          type="search"
          label="Votre commune, code postal ou adresse"
          placeholder="Ganges, 34190…"
          size={36}
        />
        <Button>Chercher</Button>
      </Form>
    ),
  },
  {
    name: 'champs',
    draw: () => (
      <Form action="#" requestId="example-1">
        <TextField
          name="example-name"
          label="Nom de l’espace"
          hint="Tel qu’il est écrit sur la porte."
          value="La Filature"
        />
        <TextField
          name="example-distance"
          label="Distance jusqu’au bureau"
          unit="km"
          size={5}
          inputMode="numeric"
          optional
        />
        <DateField name="example-from" label="À partir du" value="2026-11-24" />
        <SelectField
          name="example-mode"
          label="Comment venez-vous ?"
          choices={[
            { value: 'walk', label: 'À pied' },
            { value: 'bicycle', label: 'À vélo' },
            { value: 'car', label: 'En voiture' },
          ]}
          value="bicycle"
        />
        <TextArea name="example-note" label="Un mot pour l’hôte" optional />
        <FileField name="example-file" label="Délibération" hint="Un fichier PDF." accept="application/pdf" />
        <CheckField
          name="example-consent"
          label="J’accepte que mes kilomètres comptent dans le total du réseau."
          hint="Vous pourrez changer d’avis à tout moment dans Mes données."
          optional
        />
        <Button>Enregistrer</Button>
      </Form>
    ),
  },
  {
    name: 'choix en cartes',
    draw: () => (
      <Form action="#">
        <ChoiceCards
          name="example-replaced"
          label="Sans cet espace, qu’auriez-vous fait aujourd’hui ?"
          hint="Votre réponse sert à compter juste : il n’y a pas de mauvaise réponse."
          choices={[
            { value: 'office', label: 'Je serais allée au bureau', detail: 'Montpellier, 42 km' },
            { value: 'home', label: 'J’aurais télétravaillé chez moi' },
            { value: 'other', label: 'Autre chose' },
            { value: 'unknown', label: 'Je ne sais pas', disabled: true },
          ]}
          value="office"
        />
      </Form>
    ),
  },
  {
    name: 'lignes à cocher',
    draw: () => (
      <Form action="#">
        <DataTable
          caption="Lignes de l’échantillon"
          rows={[
            { seq: '1204', day: '3 novembre', km: '84 km' },
            { seq: '1377', day: '12 novembre', km: '61 km' },
          ]}
          columns={[
            {
              label: 'Ligne',
              cell: one => (
                <Pick name="example-seqs" value={one.seq} label={`Ligne ${one.seq}`} checked={one.seq === '1204'} />
              ),
            },
            { label: 'Jour', cell: one => one.day },
            { label: 'Route évitée', numeric: true, cell: one => one.km },
          ]}
        />
        <Button>Accepter les lignes cochées</Button>
      </Form>
    ),
  },
  {
    name: 'formulaire à corriger',
    draw: () => (
      <Form action="#">
        <ErrorSummary problems={problems} />
        <TextField
          name="example-email"
          label="Adresse électronique"
          type="email"
          autocomplete="email"
          value="camille.exemple.fr"
          error={problemAt(problems, 'example-email')}
        />
        <DateField name="example-day" label="Jour" value="2025-01-02" error={problemAt(problems, 'example-day')} />
        <Button>Recevoir le lien</Button>
      </Form>
    ),
  },
];
