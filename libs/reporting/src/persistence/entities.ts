import { ReportCheckEntity } from './report-check.entity';
import { ReportHourEntity } from './report-hour.entity';
import { ReportSliceEntity } from './report-slice.entity';

/** For the data source. */
export const REPORTING_ENTITIES = [ReportHourEntity, ReportSliceEntity, ReportCheckEntity];
