import { ReportCheckEntity } from './report-check.entity';
import { ReportHistogramEntity } from './report-histogram.entity';
import { ReportHourEntity } from './report-hour.entity';
import { ReportSliceEntity } from './report-slice.entity';

/** For the data source. */
export const REPORTING_ENTITIES = [ReportHourEntity, ReportSliceEntity, ReportHistogramEntity, ReportCheckEntity];
