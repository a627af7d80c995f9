kubectl apply -f images-job.yaml
# wait 90s
cron next "30 6 * * 1-5" --count 6
