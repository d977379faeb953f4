import { changesWordsAlone, locales } from './words.ts';

changesWordsAlone(Object.keys(locales));
