kubectl describe cronjob backup
kubectl apply -f backup-cronjob.yaml
# wait 3m
