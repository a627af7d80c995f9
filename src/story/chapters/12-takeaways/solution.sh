kubectl apply -f long-report.yaml
# wait 5m
