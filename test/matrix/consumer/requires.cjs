const { equal } = require('node:assert/strict');
const { createMock } = require('contacts-mock');
const { contactsMock } = require('contacts-mock/vite');

createMock()
  .fetch('/Contact/1')
  .then(({ status }) => equal(status, 200));
equal(typeof contactsMock, 'function');
