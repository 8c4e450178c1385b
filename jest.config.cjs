const { resolve } = require('node:path');

/** Each project is one kind of test (docs/architecture.md, "Tests"); `npm run jest -- --selectProjects unit` runs one. */
const shared = {
  rootDir: __dirname,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
      },
    ],
  },
  moduleNameMapper: { '^@app/([^/]+)$': resolve(__dirname, 'libs/$1/src') },
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.countersign/'],
};

const project = (displayName, testMatch, extra = {}) => ({ ...shared, displayName, testMatch, ...extra });

const patient = { setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'] };

module.exports = {
  projects: [
    project('unit', ['<rootDir>/{libs,apps}/**/*.spec.ts']),
    project('conformance', ['<rootDir>/test/conformance/**/*.spec.ts']),
    project('architecture', ['<rootDir>/test/architecture/**/*.spec.ts'], patient),
    project('integration', ['<rootDir>/test/integration/**/*.int-spec.ts'], patient),
    project('contract', ['<rootDir>/test/contract/**/*.spec.ts'], patient),
    project('e2e', ['<rootDir>/test/e2e/**/*.e2e-spec.ts'], patient),
    project('browser', ['<rootDir>/test/browser/**/*.browser-spec.ts'], patient),
  ],
};
