/** The report of an evaluation. */
export { picturedRecordings, reportHtml } from './report-html.ts';
