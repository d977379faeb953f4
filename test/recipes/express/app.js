import { createMock } from 'contacts-mock';
import express from 'express';

const mock = createMock({ apis: ['logisense'] });

export const app = express();
app.use('/billing', mock.handler); // before express.json(), which would read the body away
app.get('/', (_request, response) => response.send('your own app'));
