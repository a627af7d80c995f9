kubectl get daemonset node-agent -o wide
kubectl delete pods -l name=node-agent
# wait 2m
