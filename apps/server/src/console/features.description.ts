import { shapes, type AdminDescription } from '@app/platform';

export const DESCRIPTION: AdminDescription = {
  tag: 'Server',
  schemas: {
    Features: shapes.whole({ features: shapes.listOf(shapes.text) }),
    OpenApiDocument: shapes.object,
  },
  routes: {
    'GET features': { id: 'getFeatures', summary: 'Which parts this server has', answer: 'Features' },
    'GET openapi.json': { id: 'getAdminDescription', summary: 'This document', answer: 'OpenApiDocument' },
  },
};
