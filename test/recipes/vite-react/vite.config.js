import react from '@vitejs/plugin-react';
import { contactsMock } from 'contacts-mock/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react(), contactsMock({ base: '/mock', seed: 7 })],
});
