-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: mrbs
-- ------------------------------------------------------
/*!40101 SET NAMES utf8mb4 */;

DROP TABLE IF EXISTS `mrbs_area`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE `mrbs_area` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `disabled` tinyint(4) NOT NULL DEFAULT 0,
  `area_name` varchar(30) DEFAULT NULL,
  `timezone` varchar(50) DEFAULT NULL,
  `enable_periods` tinyint(4) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_area_name` (`area_name`)
) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4;
LOCK TABLES `mrbs_area` WRITE;
/*!40000 ALTER TABLE `mrbs_area` DISABLE KEYS */;
INSERT INTO `mrbs_area` VALUES (1,0,'L\'Atelier','Europe/Paris',0),(2,0,'Collège',NULL,1);
/*!40000 ALTER TABLE `mrbs_area` ENABLE KEYS */;
UNLOCK TABLES;

CREATE TABLE `mrbs_entry` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `start_time` int(11) NOT NULL DEFAULT 0 COMMENT 'Unix timestamp',
  `end_time` int(11) NOT NULL DEFAULT 0 COMMENT 'Unix timestamp',
  `entry_type` int(11) NOT NULL DEFAULT 0,
  `repeat_id` int(11) DEFAULT NULL,
  `room_id` int(11) NOT NULL DEFAULT 1,
  `timestamp` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `create_by` varchar(80) NOT NULL DEFAULT '',
  `name` varchar(80) NOT NULL DEFAULT '',
  `type` char(1) NOT NULL DEFAULT 'E',
  `description` text DEFAULT NULL,
  `status` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `ical_uid` varchar(255) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  KEY `idxStartTime` (`start_time`),
  CONSTRAINT `mrbs_entry_ibfk_1` FOREIGN KEY (`room_id`) REFERENCES `mrbs_room` (`id`) ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `mrbs_entry` VALUES
(11,1782196200,1782210600,0,NULL,1,'2026-06-01 08:00:00','ana','Point d\'équipe; (1,2),(3) -- et /* suite */','I','Ligne 1\nLigne 2',0,'a@mrbs'),
(12,1782196200,1782230400,1,4,2,'2026-06-01 08:00:00','BEA','Journée','I',NULL,0,'b@mrbs'),
(13,1782284400,1782291600,0,NULL,1,'2026-06-01 08:00:00','ana','Deux heures','I','',0,'c@mrbs'),
(14,1782214200,1782230400,0,NULL,1,'2026-06-01 08:00:00','inconnue','','E','',0,'d@mrbs'),
(15,1782369000,1782383400,0,NULL,9,'2026-06-01 08:00:00','ana','','E','',0,'e@mrbs'),
(16,1782369000,1782383400,0,NULL,1,'2026-06-01 08:00:00','ana','','E','',2,'f@mrbs'),
(17,1780295400,1780309800,0,NULL,1,'2026-06-01 08:00:00','ana','','E','',0,'g@mrbs'),
(18,43200,43260,0,NULL,3,'2026-06-01 08:00:00','ana','','E','',0,'h@mrbs'),
(19,1782196200,1782210600,0,NULL,1,'2026-06-01 08:00:00','bea@exemple.invalid','','E','',1,'i@mrbs'),
(20,1782198000,1782203400,1,5,4,'2026-06-01 08:00:00','ana','Réunion','I','',0,'j@mrbs'),
(21,1782201600,1782205200,0,NULL,4,'2026-06-01 08:00:00','bea','','E','',0,'k@mrbs'),
(22,1782203400,1782206100,0,NULL,4,'2026-06-01 08:00:00','bea','','E','',0,'l@mrbs'),
(23,1782216600,1782219900,0,NULL,4,'2026-06-01 08:00:00','ana','','E','',0,'m@mrbs'),
(24,1782280800,1782324000,0,NULL,4,'2026-06-01 08:00:00','ana','Toute la journée','I','',0,'n@mrbs');

CREATE TABLE `mrbs_room` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `disabled` tinyint(4) NOT NULL DEFAULT 0,
  `area_id` int(11) NOT NULL DEFAULT 0,
  `room_name` varchar(25) NOT NULL DEFAULT '',
  `capacity` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `mrbs_room` VALUES (1,0,1,'Bureau 1',1),(2,0,1,'Bureau 2',1),(3,0,2,'Salle A',12),(4,0,1,'Salle haute',8);

CREATE TABLE `mrbs_users` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `level` smallint(6) NOT NULL DEFAULT 0,
  `name` varchar(30) DEFAULT NULL,
  `password_hash` varchar(255) DEFAULT NULL,
  `email` varchar(75) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `mrbs_users` VALUES (1,1,'ana','x','ana@exemple.invalid'),(2,1,'bea','x','bea@exemple.invalid');
