kubectl apply -f hello.yaml
# wait 20s
