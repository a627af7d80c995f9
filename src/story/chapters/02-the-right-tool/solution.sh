kubectl create job hello --image=busybox -- echo "The table is ready"
# wait 10s
kubectl logs job/hello
kubectl create cronjob rounds --image=busybox --schedule="*/1 * * * *" -- date
# wait 70s
