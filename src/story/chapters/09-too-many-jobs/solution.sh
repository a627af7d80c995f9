kubectl get jobs
kubectl apply -f heartbeat-cronjob.yaml
# wait 30s
