using System.Net;
using JikoXpress.WebApi.Hosting;
using Orleans.Configuration;

namespace JikoXpress.Silo.Hosting;

/// <summary>JIKO_KUBERNETES: true where silos are pods. Default false.</summary>
internal static class Pods
{
    /// <summary>
    /// Orleans watches the pods of the cluster. It declares a silo dead at once if its pod is deleted, or if it never
    /// was a pod. This needs POD_NAME, POD_NAMESPACE and a role for the pods' account (kubernetes/silo.yaml).
    /// </summary>
    public static void UsePods(this ISiloBuilder silo, ClusterSettings settings)
    {
        if (!JikoXpressOptions.IsTrue(silo.Configuration, "JIKO_KUBERNETES")) return;
        silo.UseKubernetesHosting();
        // By default Orleans listens on every address. The pod's address is enough, and live mode checks that one.
        silo.Configure<EndpointOptions>(ends =>
        {
            ends.SiloListeningEndpoint = new IPEndPoint(settings.Address, settings.SiloPort);
            ends.GatewayListeningEndpoint = new IPEndPoint(settings.Address, settings.GatewayPort);
        });
    }
}
