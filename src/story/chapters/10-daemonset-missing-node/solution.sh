kubectl describe node novacraft-worker2
kubectl apply -f agent-daemonset.yaml
# wait 4m
