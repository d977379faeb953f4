/** `npm run fix:readme` */
import { updateReadme } from './readme.ts';

updateReadme();
