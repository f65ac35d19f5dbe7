-- phpMyAdmin SQL Dump
-- version 5.2.1
CREATE TABLE `grr_area` (
  `id` int(11) NOT NULL,
  `area_name` varchar(30) NOT NULL DEFAULT '',
  `access` char(1) NOT NULL DEFAULT '',
  `enable_periods` char(1) NOT NULL DEFAULT 'n'
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
INSERT INTO `grr_area` (`id`, `area_name`, `access`, `enable_periods`) VALUES
(1, 'Tiers-lieu', 'a', 'n');
CREATE TABLE `grr_entry` (
  `id` int(11) NOT NULL,
  `start_time` int(11) NOT NULL DEFAULT 0,
  `end_time` int(11) NOT NULL DEFAULT 0,
  `entry_type` int(11) NOT NULL DEFAULT 0,
  `repeat_id` int(11) NOT NULL DEFAULT 0,
  `room_id` int(11) NOT NULL DEFAULT 1,
  `create_by` varchar(100) NOT NULL DEFAULT '',
  `beneficiaire_ext` varchar(200) NOT NULL DEFAULT '',
  `beneficiaire` varchar(100) NOT NULL DEFAULT '',
  `name` varchar(80) NOT NULL DEFAULT '',
  `type` char(2) NOT NULL DEFAULT 'A',
  `description` text,
  `statut_entry` char(1) NOT NULL DEFAULT '-',
  `option_reservation` int(11) NOT NULL DEFAULT 0,
  `moderate` tinyint(1) DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
INSERT INTO `grr_entry` (`id`, `start_time`, `end_time`, `entry_type`, `repeat_id`, `room_id`, `create_by`, `beneficiaire_ext`, `beneficiaire`, `name`, `type`, `description`, `statut_entry`, `option_reservation`, `moderate`) VALUES
(1, 1782196200, 1782230400, 0, 0, 1, 'ADMIN', '', 'ANA', 'Télétravail', 'A', 'Besoin d''un écran', '-', -1, 0),
(2, 1782300600, 1782316800, 0, 0, 1, 'ADMIN', 'Bea Essai|bea@exemple.invalid', '', 'Essai', 'A', NULL, '-', -1, 2),
(3, 1782369000, 1782383400, 0, 0, 1, 'ADMIN', '', 'ANA', 'À modérer', 'A', NULL, '-', -1, 1),
(4, 1782455400, 1782469800, 0, 0, 1, 'ADMIN', '', 'ANA', 'Refusée', 'A', NULL, '-', -1, 3),
(5, 1782198000, 1782203400, 0, 0, 2, 'ADMIN', '', 'ANA', 'Conseil', 'A', NULL, '-', -1, 0),
(6, 1782203400, 1782207000, 1, 3, 2, 'ADMIN', 'Bea Essai|bea@exemple.invalid', '', 'Permanence', 'A', NULL, '-', -1, 2),
(7, 1782216600, 1782219900, 0, 0, 2, 'ADMIN', '', 'ANA', 'Quarts', 'A', NULL, '-', -1, 0);
CREATE TABLE `grr_j_user_room` (`login` varchar(40), `id_room` int(11));
INSERT INTO `grr_j_user_room` VALUES ('ANA', 1);
CREATE TABLE `grr_room` (
  `id` int(11) NOT NULL,
  `area_id` int(11) NOT NULL DEFAULT 0,
  `room_name` varchar(60) NOT NULL DEFAULT ''
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
INSERT INTO `grr_room` (`id`, `area_id`, `room_name`) VALUES (1, 1, 'Poste du fond'), (2, 1, 'Salle haute');
CREATE TABLE `grr_utilisateurs` (`login` varchar(40) NOT NULL, `nom` varchar(30), `prenom` varchar(30), `email` varchar(100));
INSERT INTO `grr_utilisateurs` VALUES ('ANA', 'Essai', 'Ana', 'ana@exemple.invalid');
