kubectl logs -l job-name=import
kubectl delete job import
kubectl apply -f import-job.yaml
# wait 20s
