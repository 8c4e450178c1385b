export { MeasuredCallbacksModule } from './measured-callbacks.module';
export { MeasuredSessionsModule } from './measured-sessions.module';
export { REPORTING_ENTITIES } from './persistence/entities';
export { ReportingModule } from './reporting.module';
