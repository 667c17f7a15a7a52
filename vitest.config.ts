import { defineConfig } from 'vitest/config';

// Two projects: pure floors and scripts run in Node; what needs the platform runs inside workerd (tests/workers).
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/workers/**', 'tests/browser/**'],
        },
      },
    ],
  },
});
