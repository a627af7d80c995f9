// The tutorial's CronJob, for measuring.
export const DAILY_REPORT = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: daily-report
spec:
  schedule: "*/1 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - name: report-generator
            image: busybox
            args:
            - /bin/sh
            - -c
            - date; echo "Generating daily report..."
          restartPolicy: OnFailure
`
