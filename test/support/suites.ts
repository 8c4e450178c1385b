/** Runs a suite of test/e2e in a process of its own, against a product that this process has started. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './installation';
import type { Product, RunningProduct } from './product';

/** How a suite ended; `told` is what it wrote for people. */
export interface SuiteResult {
  passed: number;
  failures: string[];
  told: string;
}

interface JestReport {
  numPassedTests: number;
  testResults: {
    message: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/** How often the suite's process gets to see what was logged meanwhile. */
const LOGS_EVERY_MS = 100;

/** Runs `test/e2e/<suite>.e2e-spec.ts` against the product, but for the tests whose full names contain one of `without`. */
export async function runSuite(suite: string, product: Product, without: readonly string[] = []): Promise<SuiteResult> {
  const name = randomUUID();
  const [file, logFile] = [join(product.dataDir, `${name}.json`), join(product.dataDir, `${name}.log`)];
  const { apiUrl, simulatorUrl, demo, dataDir, database } = product;
  const running: RunningProduct = { apiUrl, simulatorUrl, demo, dataDir, databaseUrl: database.url, logFile };
  writeFileSync(file, JSON.stringify(running));
  writeFileSync(logFile, product.logs());
  const logging = setInterval(() => writeFileSync(logFile, product.logs()), LOGS_EVERY_MS);
  try {
    return await run(suite, file, without);
  } finally {
    clearInterval(logging);
  }
}

async function run(suite: string, file: string, without: readonly string[]): Promise<SuiteResult> {
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...['--selectProjects', 'e2e', '--runInBand', '--json', '--testPathPatterns', `e2e/${suite}\\.`],
    ...(without.length === 0 ? [] : ['--testNamePattern', `^(?!.*(${without.map(literally).join('|')})).*$`]),
  ];
  const child = spawn(process.execPath, jest, { cwd: ROOT, env: { ...process.env, TEST_PRODUCT: file } });
  let [out, told] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await new Promise((done) => child.once('close', done));
  const { numPassedTests, testResults } = JSON.parse(out.slice(out.indexOf('{'))) as JestReport;
  const failures = testResults.flatMap(({ status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed').map(({ fullName }) => fullName);
    return failed.length === 0 && status === 'failed' ? [message] : failed;
  });
  return { passed: numPassedTests, failures, told };
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
