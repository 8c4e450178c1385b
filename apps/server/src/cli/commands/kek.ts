import { CryptoBox, Database, KekRotation, type AppConfig, type RotationResult } from '@app/platform';
import type { Command } from 'commander';
import { createDataSource } from '../../data-source';
import { SEALED_COLUMNS } from '../../sealed-columns';
import type { CommandLine } from '../command-line';

/** Values that no configured key opens are left: the key that they name has to be configured again. */
export class ValuesUnreadable extends Error {
  constructor({ unreadable, rewrapped }: RotationResult) {
    const places = Object.entries(unreadable).map(([place, values]) => `${place}: ${values}`);
    super(`${rewrapped} values were sealed anew; no configured key opens these: ${places.join(', ')}`);
    this.name = 'ValuesUnreadable';
  }
}

/** `kek status|rotate` */
export function addKekCommands(program: Command, line: CommandLine): void {
  const kek = program.command('kek').description('key encryption keys');
  kek
    .command('status')
    .description('show how many values each key seals')
    .action(async () => {
      line.show(await withRotation(line.config(), (rotation) => rotation.status()));
    });
  kek
    .command('rotate')
    .description('seal everything under the current key, the first one configured; may be run at any time, and again')
    .action(async () => {
      const result = await withRotation(line.config(), (rotation) => rotation.rotate());
      if (Object.keys(result.unreadable).length > 0) throw new ValuesUnreadable(result);
      line.show({ current: result.current, rewrapped: result.rewrapped });
    });
}

async function withRotation<T>(config: AppConfig, work: (rotation: KekRotation) => Promise<T>): Promise<T> {
  const dataSource = await createDataSource(config.database.directUrl.expose(), 1).initialize();
  try {
    return await work(new KekRotation(new Database(dataSource), new CryptoBox(config), SEALED_COLUMNS));
  } finally {
    await dataSource.destroy();
  }
}
