/** First names and family names common in France, matched by chance: nobody in particular. */
export const firstNames = [
  'Adèle', 'Agathe', 'Alain', 'Alice', 'Amina', 'Amélie', 'Anaïs', 'André', 'Antoine', 'Ariane', 'Arthur', 'Audrey', 'Axel',
  'Baptiste', 'Bastien', 'Benoît', 'Brigitte', 'Camille', 'Capucine', 'Caroline', 'Cécile', 'Charlotte', 'Chloé',
  'Claire', 'Clément', 'Coralie', 'Cyril', 'Damien', 'Delphine', 'Diane', 'Élise', 'Élodie', 'Émile', 'Emma', 'Enzo',
  'Estelle', 'Étienne', 'Fabien', 'Fanny', 'Fatou', 'Florence', 'François', 'Gaël', 'Gaspard', 'Géraldine', 'Guillaume',
  'Hélène', 'Hugo', 'Inès', 'Isabelle', 'Jeanne', 'Jérôme', 'Joël', 'Jules', 'Julie', 'Karim', 'Laure', 'Laurent', 'Léa',
  'Léo', 'Louise', 'Lucas', 'Lucie', 'Maëlle', 'Malik', 'Manon', 'Marc', 'Margaux', 'Marie', 'Marion', 'Martin',
  'Mathilde', 'Mathis', 'Maud', 'Mélanie', 'Mohamed', 'Nadia', 'Nathan', 'Nicolas', 'Nina', 'Noémie', 'Olivier', 'Pascale',
  'Paul', 'Pauline', 'Philippe', 'Pierre', 'Quentin', 'Rachida', 'Raphaël', 'Rémi', 'Romain', 'Rose', 'Sabine', 'Samir',
  'Sandrine', 'Sarah', 'Simon', 'Solène', 'Sonia', 'Sophie', 'Stéphane', 'Sylvie', 'Thibault', 'Théo', 'Valérie',
  'Véronique', 'Victor', 'Vincent', 'Xavier', 'Yann', 'Yasmine', 'Zoé',
] as const;

export const familyNames = [
  'Aubert', 'Barbier', 'Baron', 'Benali', 'Bernard', 'Berger', 'Blanc', 'Bonnet', 'Bouvier', 'Boyer', 'Brun', 'Brunet',
  'Caron', 'Carpentier', 'Chevalier', 'Clément', 'Colin', 'Collet', 'Cordier', 'Cousin', 'Da Silva', 'David', 'Delmas',
  'Denis', 'Diallo', 'Dubois', 'Dufour', 'Dumas', 'Dumont', 'Dupuy', 'Durand', 'Fabre', 'Faure', 'Fernandez', 'Fleury',
  'Fontaine', 'Fournier', 'Gaillard', 'Garcia', 'Garnier', 'Gauthier', 'Gautier', 'Gérard', 'Girard', 'Giraud', 'Guérin',
  'Guillot', 'Haddad', 'Henry', 'Hubert', 'Humbert', 'Jacob', 'Jacquet', 'Joly', 'Lacroix', 'Lambert', 'Laurent',
  'Le Gall', 'Lebrun', 'Leclerc', 'Lecomte', 'Lefèvre', 'Legrand', 'Lemaire', 'Leroux', 'Lopez', 'Lucas', 'Mallet',
  'Marchand', 'Martinez', 'Masson', 'Mathieu', 'Mercier', 'Meunier', 'Meyer', 'Michel', 'Moreau', 'Morel', 'Morin',
  'Moulin', 'N’Guyen', 'Nicolas', 'Noël', 'Olivier', 'Paris', 'Perrin', 'Petit', 'Picard', 'Pons', 'Renard', 'Renaud',
  'Rey', 'Rivière', 'Robin', 'Roche', 'Roger', 'Rolland', 'Roussel', 'Roux', 'Roy', 'Sanchez', 'Schmitt', 'Simon',
  'Texier', 'Traoré', 'Vidal', 'Vincent', 'Weber',
] as const;
