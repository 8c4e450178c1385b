/** The server's modules as they are declared, without starting anything. */
import { createLogger, loadConfig } from '@app/platform';
import type { DynamicModule, Type } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { AppModule } from '../../apps/server/src/app.module';
import { createDataSource } from '../../apps/server/src/data-source';

type ModuleLike = Type | DynamicModule | { forwardRef: () => ModuleLike } | Promise<DynamicModule>;

/** Controllers and provider classes of every module of the server. */
export async function readModuleGraph(): Promise<{ controllers: Type[]; providers: Type[] }> {
  const url = 'postgres://nobody@127.0.0.1:1/nowhere';
  // As a demo: it has the simulator's parts as well.
  const config = loadConfig({
    DATABASE_URL: url,
    COUNTERSIGN_KEK: randomBytes(32).toString('base64'),
    COUNTERSIGN_DEMO: '1',
    COUNTERSIGN_SIMULATOR_URL: 'http://localhost:1',
  });
  const root = AppModule.forRoot({ config, log: createLogger('silent'), dataSource: createDataSource(url, 1) });
  const seen = new Set<unknown>();
  const controllers = new Set<Type>();
  const providers = new Set<Type>();
  const visit = async (entry: ModuleLike): Promise<void> => {
    const resolved = await ('forwardRef' in entry ? entry.forwardRef() : entry);
    if (seen.has(resolved)) return;
    seen.add(resolved);
    const { type, dynamic } = partsOf(resolved as Type | DynamicModule);
    for (const controller of [...listed<Type>('controllers', type), ...(dynamic.controllers ?? [])]) {
      controllers.add(controller);
    }
    for (const provider of [...listed<unknown>('providers', type), ...(dynamic.providers ?? [])]) {
      const found = classOf(provider);
      if (found) providers.add(found);
    }
    for (const next of [...listed<ModuleLike>('imports', type), ...((dynamic.imports ?? []) as ModuleLike[])]) {
      await visit(next);
    }
  };
  await visit(root);
  return { controllers: [...controllers], providers: [...providers] };
}

function partsOf(module: Type | DynamicModule): { type: Type; dynamic: Partial<DynamicModule> } {
  return typeof module === 'function' ? { type: module, dynamic: {} } : { type: module.module, dynamic: module };
}

function listed<T>(key: string, type: Type): T[] {
  return (Reflect.getMetadata(key, type) as T[] | undefined) ?? [];
}

function classOf(provider: unknown): Type | null {
  if (typeof provider === 'function') return provider as Type;
  const { useClass } = (provider ?? {}) as { useClass?: Type };
  return useClass ?? null;
}

/** The methods of a class, its own and inherited, by name. */
export function methodsOf(type: Type): [name: string, method: object][] {
  const found = new Map<string, object>();
  for (
    let proto = type.prototype as object;
    proto !== Object.prototype;
    proto = Object.getPrototypeOf(proto) as object
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(proto))) {
      if (typeof value === 'function' && name !== 'constructor' && !found.has(name)) found.set(name, value as object);
    }
  }
  return [...found];
}
