/** `contacts-mock openapi`: OpenAPI 3.1 of the APIs, out of their contracts. */
import { chosenApis } from '../apis/chosen-apis.ts';
import { openapi } from '../derive/openapi.ts';
