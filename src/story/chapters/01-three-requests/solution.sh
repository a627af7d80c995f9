kubectl get nodes
kubectl describe node novacraft-control-plane
