--
-- PostgreSQL database dump
--
SET standard_conforming_strings = on;
CREATE TABLE public.mrbs_area (
    id integer NOT NULL,
    area_name character varying(30),
    enable_periods smallint
);
COPY public.mrbs_area (id, area_name, enable_periods) FROM stdin;
1	L'Atelier	0
\.
COPY public.mrbs_entry (id, start_time, end_time, room_id, create_by, name, description, status) FROM stdin;
21	1782196200	1782210600	1	ana@exemple.invalid	C:\\dossier	a\tb\nc	0
22	1782214200	1782230400	1	ana@exemple.invalid	\N	\N	0
\.
COPY public.mrbs_room (id, area_id, room_name) FROM stdin;
1	1	Bureau 1
\.
SELECT pg_catalog.setval('public.mrbs_entry_id_seq', 22, true);
