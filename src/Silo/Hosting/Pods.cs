using System.Net;
using Microsoft.Extensions.Configuration;
using Orleans.Configuration;

namespace JikoXpress.Silo.Hosting;

/// <summary>JIKO_KUBERNETES: true where silos are pods. Default false.</summary>
internal static class Pods
{
    /// <summary>
    /// Orleans watches the pods of the cluster: a silo whose pod is deleted is out at once, and so is one that never
    /// was a pod. It needs POD_NAME, POD_NAMESPACE and a role of the pods' account (kubernetes/silo.yaml).
    /// </summary>
    public static void UsePods(this ISiloBuilder silo, ClusterSettings settings)
    {
        if (!silo.Configuration.GetValue<bool>("JIKO_KUBERNETES")) return;
        silo.UseKubernetesHosting();
        // Orleans would listen on every address: that of the pod is enough, and the one that live mode looks at.
        silo.Configure<EndpointOptions>(ends =>
        {
            ends.SiloListeningEndpoint = new IPEndPoint(settings.Address, settings.SiloPort);
            ends.GatewayListeningEndpoint = new IPEndPoint(settings.Address, settings.GatewayPort);
        });
    }
}
