kubectl apply -f fluentd-daemonset.yaml
# wait 10s
kubectl get pods -n kube-system -l name=fluentd-elasticsearch -o wide
# with the second toleration:
kubectl apply -f fluentd-daemonset.yaml
# wait 4m
