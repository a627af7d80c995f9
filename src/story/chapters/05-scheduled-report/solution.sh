kubectl apply -f daily-report-cronjob.yaml
# wait 200s
kubectl get jobs
