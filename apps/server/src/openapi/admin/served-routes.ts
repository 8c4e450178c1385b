import { ADMIN_DEMAND, type AdminDemand } from '@app/platform';
import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';

const BASE = '/admin/api/';

/** A route of the admin API, as its controller declares it. */
export interface ServedRoute {
  /** Method and path below `/admin/api/`: `GET merchants/:id`. */
  readonly route: string;
  /** Of the answer when all is well. */
  readonly status: number;
  /** Null: open to all, because credentials are shown there. */
  readonly demand: AdminDemand | null;
}

/** The routes below `/admin/api/` of some controllers. */
export function servedRoutes(controllers: readonly Type[]): ServedRoute[] {
  return controllers.flatMap((controller) =>
    Object.values(Object.getOwnPropertyDescriptors(controller.prototype as object)).flatMap(({ value }) =>
      typeof value === 'function' ? routesOf(controller, value as object) : [],
    ),
  );
}

const pathsOf = (target: object): string[] => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();

function routesOf(controller: Type, method: object): ServedRoute[] {
  const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
  if (verb === undefined) return [];
  const status = (Reflect.getMetadata(HTTP_CODE_METADATA, method) ??
    (verb === RequestMethod.POST ? 201 : 200)) as number;
  const demand = (Reflect.getMetadata(ADMIN_DEMAND, method) ?? null) as AdminDemand | null;
  return pathsOf(controller)
    .flatMap((base) => pathsOf(method).map((own) => `/${[base, own].join('/').split('/').filter(Boolean).join('/')}`))
    .filter((path) => path.startsWith(BASE))
    .map((path) => ({ route: `${RequestMethod[verb]} ${path.slice(BASE.length)}`, status, demand }));
}
