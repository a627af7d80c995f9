kubectl apply -f pi-job.yaml
# wait 3s
kubectl describe jobs/pi-calculator
# wait 12s
kubectl logs -l job-name=pi-calculator
