/**
 * The import law of the house (docs/architecture.md): one table of allowed edges, imports point down only.
 * A new lib is one new line here.
 */
const mayUse = {
  kernel: [],
  emv3ds: ['kernel'],
  'authentication-port': ['kernel'],
  platform: ['kernel'],
  credentials: ['kernel', 'platform'],
  cards: ['kernel', 'platform'],
  'token-cache': ['kernel', 'platform'],
  operators: ['kernel', 'platform'],
  callbacks: ['kernel', 'platform', 'credentials'],
  'connector-checkout': ['kernel', 'platform', 'authentication-port', 'credentials', 'emv3ds', 'token-cache'],
  'connector-emv3ds': ['kernel', 'platform', 'authentication-port', 'credentials', 'emv3ds'],
  sessions: ['kernel', 'platform', 'authentication-port', 'credentials', 'cards', 'callbacks'],
  reporting: ['kernel', 'platform'],
};

const edges = Object.entries(mayUse).map(([lib, allowed]) => ({
  name: `edge-${lib}`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: '^libs/', pathNot: [lib, ...allowed].map((name) => `^libs/${name}/`) },
}));

const framework = ['^node_modules/(@nestjs|typeorm|pg|class-validator|class-transformer|fastify|undici)(/|$)'];

module.exports = {
  forbidden: [
    ...edges,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.(int-|e2e-|browser-)?spec\\.ts$',
          '^migrations/',
          '^test/',
          '/main\\.tsx?$',
          '/cli\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'no-unlisted-lib',
      comment: 'every lib stands in the table above',
      severity: 'error',
      from: {},
      to: { path: '^libs/', pathNot: Object.keys(mayUse).map((lib) => `^libs/${lib}/`) },
    },
    {
      name: 'libs-by-their-front-door',
      comment: 'another lib only through its src/index.ts',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'apps-and-tests-by-the-front-door',
      severity: 'error',
      from: { path: '^(apps|test)/', pathNot: '^test/integration/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'integration-tests-open-one-lib',
      severity: 'error',
      from: { path: '^test/integration/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'pure-rooms',
      comment: 'kernel, emv3ds, the port and every domain/ know no framework and no I/O',
      severity: 'error',
      from: { path: '^libs/(kernel|emv3ds|authentication-port)/|/src/domain/' },
      to: { path: [...framework, '^(node:)?(fs|net|http|https|dns|child_process)(/|$)'] },
    },
    {
      name: 'domain-knows-no-rim',
      severity: 'error',
      from: { path: '/src/domain/' },
      to: { path: '/src/(http|persistence|jobs)/' },
    },
    {
      name: 'http-never-meets-persistence',
      severity: 'error',
      from: { path: '/src/http/' },
      to: { path: '/src/persistence/' },
    },
    {
      name: 'persistence-never-meets-http',
      severity: 'error',
      from: { path: '/src/persistence/' },
      to: { path: '/src/http/' },
    },
    {
      name: 'typeorm-at-home',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: ['/src/persistence/', '^libs/platform/src/database/', '^apps/server/src/data-source\\.ts$'],
      },
      to: { path: '^node_modules/typeorm(/|$)' },
    },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|test)/' } },
    {
      name: 'migrations-stand-alone',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(libs|apps|test)/' },
    },
    {
      name: 'browser-code-stands-alone',
      comment: 'what runs in browsers knows the server by HTTP only',
      severity: 'error',
      from: { path: '^apps/hosted/src/' },
      to: { pathNot: '^apps/hosted/src/' },
    },
    {
      name: 'console-stands-alone',
      comment: 'the console knows the server by HTTP only',
      severity: 'error',
      from: { path: '^apps/admin/' },
      to: { path: '^(apps|libs|migrations|test)/', pathNot: '^apps/admin/src/' },
    },
    {
      name: 'nobody-imports-the-console',
      severity: 'error',
      from: { pathNot: '^apps/admin/' },
      to: { path: '^apps/admin/' },
    },
    {
      name: 'simulator-plays-the-outside-world',
      severity: 'error',
      from: { path: '^apps/simulator/' },
      to: { path: '^(libs|apps)/', pathNot: ['^libs/(kernel|emv3ds)/src/index\\.ts$', '^apps/simulator/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^apps/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
